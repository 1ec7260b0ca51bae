#!/bin/sh
# Tells Spark which GPUs this executor has, as spark.*.resource.gpu.discoveryScript wants it:
# {"name": "gpu", "addresses": ["0", "1"]}
set -eu
addresses=$(nvidia-smi --query-gpu=index --format=csv,noheader | sed 's/.*/"&"/' | paste -sd, -)
echo "{\"name\": \"gpu\", \"addresses\": [$addresses]}"
