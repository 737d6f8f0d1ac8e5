"""The window: what a person sees and touches. The only layer that knows Qt."""
