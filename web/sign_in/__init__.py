"""How people come in: residents by a code in their e-mail, whoever has a seat at a funder by password."""
