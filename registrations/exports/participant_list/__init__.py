"""Three renderings of the list of participants: a page, a DOCX and a PDF, each from the same document of rules.list_content."""
