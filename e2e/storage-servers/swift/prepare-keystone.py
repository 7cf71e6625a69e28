"""Makes the database, the keys and the administrator of a Keystone: prepare-keystone.py CONFIGURATION_FILE DATABASE

All in one process: each start of keystone-manage takes seconds. The administrator's password is in the
environment (ADMIN_PASSWORD); so are the addresses in the catalogue: PUBLIC_URL, for clients, and INTERNAL_URL, by
which Swift asks about tokens.
"""

import grp
import os
import pwd
import sqlite3
import sys

from keystone.cmd import manage

configuration, database = sys.argv[1:]
user = pwd.getpwuid(os.getuid()).pw_name
group = grp.getgrgid(os.getgid()).gr_name
internal = os.environ["INTERNAL_URL"]


def run(*command):
    pid = os.fork()
    if pid == 0:
        sys.argv = ["keystone-manage", "--config-file", configuration, *command]
        manage.main()
        sys.stdout.flush()
        os._exit(0)
    if os.waitpid(pid, 0)[1] != 0:
        sys.exit(f"keystone-manage {command[0]} failed")


run("db_sync")
# With its other kinds of journal, two connections at once are one too many for sqlite.
sqlite3.connect(database).execute("PRAGMA journal_mode=WAL")
run("fernet_setup", "--keystone-user", user, "--keystone-group", group)
run("credential_setup", "--keystone-user", user, "--keystone-group", group)
run(
    "bootstrap",
    "--bootstrap-password",
    os.environ["ADMIN_PASSWORD"],
    "--bootstrap-region-id",
    "RegionOne",
    "--bootstrap-public-url",
    os.environ["PUBLIC_URL"],
    "--bootstrap-internal-url",
    internal,
    "--bootstrap-admin-url",
    internal,
)
