"""Failing machines: killed writers, full disks, closed pipes, odd names. No file is lost or half-written."""
