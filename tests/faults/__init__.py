"""What happens when the cable is pulled: `run.py faults`, and a short form of it in the test suite."""
