"""Serves the Keystone that OS_KEYSTONE_CONFIG_FILES configures, on loopback: serve-keystone.py PORT"""

import sys

port = int(sys.argv[1])
# Keystone reads the command line as its own.
sys.argv = ["keystone"]

from keystone.server.wsgi import initialize_public_application
from werkzeug.serving import run_simple

keystone = initialize_public_application()


def application(environ, start_response):
    # Keystone tells everybody its address as they know it; whoever uses a name came by TLS, which a front took off.
    if not environ.get("HTTP_HOST", "").startswith("127.0.0.1"):
        environ["wsgi.url_scheme"] = "https"
    return keystone(environ, start_response)


run_simple("127.0.0.1", port, application, threaded=True)
