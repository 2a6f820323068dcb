"""The public pages of the notice. All of them come from frozen versions, and say nothing of who asks."""
