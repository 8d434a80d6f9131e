"""The pages; each is a function that draws it from filters, figures and components."""
