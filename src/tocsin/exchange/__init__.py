"""Who is told what: messages, signatures, release policy, fusion between centres, the link."""
