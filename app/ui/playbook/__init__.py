"""The Playbook: the prepared answers, written, looked after and measured."""
