"""Reading a spreadsheet that a person sent: opened safely, cells understood, faults named by cell."""
