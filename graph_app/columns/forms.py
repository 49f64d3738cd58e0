"""How values of XML Schema are written: the forms that surely are values, and wider ones that may be.

The same forms judge the literals of the graph, in SQL, and those of a query, in Python.
"""

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LONG = 2**63

#: Integer types, and the least and greatest value of each, within 64 bits.
INTEGERS = {
    "integer": (-LONG, LONG - 1),
    "long": (-LONG, LONG - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "nonNegativeInteger": (0, LONG - 1),
    "positiveInteger": (1, LONG - 1),
    "nonPositiveInteger": (-LONG, 0),
    "negativeInteger": (-LONG, -1),
    "unsignedLong": (0, LONG - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}

INTEGER = "[+-]?[0-9]+"
DECIMAL = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)"
#: At most 20 digits before and 18 behind the point, zeros at both ends left out.
EXACT = "[+-]?0*[0-9]{0,20}([.][0-9]{0,18}0*)?"
FLOATING = f"({DECIMAL})([eE][+-]?[0-9]+)?|-?INF|NaN"
#: Some engines read more names of these values than the standard has.
ANY_FLOATING = f"({DECIMAL})([eE][+-]?[0-9]+)?|[+-]?(?i:inf|infinity|nan)"
ZERO = "[+-]?[0.]+([eE][+-]?[0-9]+)?"
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
HOURS = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
ZONE = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
ANY_YEAR = "-?[0-9]{4,}"
ANY_HOURS = r"[0-9]{2}:[0-5][0-9]:[0-5][0-9]([.][0-9]+)?"
ANY_ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})?"
FRACTION = "([.][0-9]{1,6}0*)?"
MOMENT = f"{DAY}T{HOURS}{FRACTION}{ZONE}?"

ANY_MOMENT = f"{ANY_YEAR}-[0-9]{{2}}-[0-9]{{2}}T{ANY_HOURS}{ANY_ZONE}"
ANY_DAY = f"{ANY_YEAR}-[0-9]{{2}}-[0-9]{{2}}{ANY_ZONE}"
ANY_TIME = ANY_HOURS + ANY_ZONE
YEAR, WIDE_YEAR = "[0-9]{4}", ANY_YEAR + ANY_ZONE
MONTH, ANY_MONTH = "[0-9]{4}-(0[1-9]|1[0-2])", f"{ANY_YEAR}-[0-9]{{2}}{ANY_ZONE}"
#: SPARQL knows no value of these, though XML Schema does: they are compared as terms.
TERMS_ONLY = ("anyURI",)
