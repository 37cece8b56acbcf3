"""The pages of the Feedback Lab, and what other months borrow from it. Nothing else in Segue imports `feedback_lab`."""
