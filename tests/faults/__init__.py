"""Machines that fail: killed writers, full disks, closed pipes, odd names. Nothing is lost, nothing half-written."""
