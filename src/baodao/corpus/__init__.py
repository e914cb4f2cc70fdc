"""Many pages: `batch` (Arrow in and out), `run` (into parts that survive a kill), `query`, `edition`, `ray`."""
