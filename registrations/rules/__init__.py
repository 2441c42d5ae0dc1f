"""Pure decisions: values in, verdict out. No queries, no clock, no request."""
