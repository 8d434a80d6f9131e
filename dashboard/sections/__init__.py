"""Parts of pages that hold widgets of their own."""
