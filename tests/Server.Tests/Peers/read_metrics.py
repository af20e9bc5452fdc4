"""Prints figures in Prometheus' exposition format (standard input) as JSON, as Prometheus' own Python library understands them."""
import json
import sys

from prometheus_client.parser import text_string_to_metric_families

families = text_string_to_metric_families(sys.stdin.read())
json.dump([
    {"name": f.name, "type": f.type, "help": f.documentation,
     "samples": [{"name": s.name, "labels": s.labels, "value": str(s.value)} for s in f.samples]}
    for f in families], sys.stdout)
