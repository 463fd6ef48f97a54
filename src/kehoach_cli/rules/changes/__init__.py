"""Rules on what changed since an older version: each change is a remark, so that none of them is silent."""
