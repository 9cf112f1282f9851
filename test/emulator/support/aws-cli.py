# The commands of the AWS CLI in one process: a process for each costs half a second of CPU, nearly all of it imports.
# Prints the CLI's version. Then of each line on standard input, a command's arguments as JSON, what the command returned.
import contextlib
import io
import json
import sys

import awscli
from awscli.clidriver import create_clidriver


def run(arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = driver.main(arguments)
        except SystemExit as wrong_usage:
            code = wrong_usage.code
    return {"code": code, "stdout": out.getvalue(), "stderr": err.getvalue()}


driver = create_clidriver()
print(awscli.__version__, flush=True)
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
