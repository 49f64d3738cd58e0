"""The strict functions of SPARQL 1.1, section 17.4: an error among the arguments makes an error of the result.

Where the standard has a type error or leaves something open, they do as Oxigraph does, so that both engines give the
same rows; where Oxigraph contradicts the standard, they decline.
"""
