"""Talk: what people asked, decided and took for granted in tickets, read thread by thread."""
