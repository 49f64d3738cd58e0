from graph_app.columns.declined import Declined
from graph_app.columns.expressions.operand import Scalar
from graph_app.columns.kinds import Kind


def call(name, args):
    if name == "STR":
        return Scalar(kinds=Kind.STRING, sql=args[0].part("l"), nullable=args[0].nullable)
    if name == "LANG":
        return Scalar(kinds=Kind.STRING, sql=args[0].part("g"), nullable=args[0].nullable)
    if name == "YEAR":
        return Scalar(kinds=Kind.INTEGER, sql=f"year({args[0].part('m')})::BIGINT")
    raise Declined(f"function {name}")
