"""The Composer: one post written once, looked at as each network will show it, and sent now or planned."""
