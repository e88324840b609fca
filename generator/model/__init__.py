"""The values that flow through a build; frozen, without behaviour beyond what follows from their fields."""
