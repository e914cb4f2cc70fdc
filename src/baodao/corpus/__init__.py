"""Many pages: `batch` (Arrow in and out), `run` (a corpus into parts that survive a kill), `query`, `ray`."""
