"""Tertulia: plan what goes out, answer what comes in, see what it brought. Holds nothing itself; see ARCHITECTURE.md."""
