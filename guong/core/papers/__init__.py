"""What we print: .docx in the layout of Nghị định 30, .xlsx, and the numbers on them."""
