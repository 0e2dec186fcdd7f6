"""The Python runtime of a function's process. Standard library only; runs on any Python 3.8 or later."""

import http.client
import importlib
import json
import logging
import os
import re
import socket
import sys
import time
import traceback

PREFIX = "/2018-06-01/runtime/"
TEXT_FRAME = 0xA55A0003
JSON_FRAME = 0xA55A0002
LEVEL_BITS = {"TRACE": 1, "DEBUG": 2, "INFO": 3, "WARNING": 4, "WARN": 4, "ERROR": 5, "CRITICAL": 6, "FATAL": 6}
# The fields every log record has; what else one has was given as `extra`.
RECORD_FIELDS = set(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"message", "asctime", "aws_request_id"}

# Where functions, layers and Python's own modules lie on AWS, by where they lie here.
SHOWN_FOLDERS = [
    (folder, name)
    for folder, name in (
        (os.environ.get("LAMBDA_TASK_ROOT"), "/var/task"),
        (os.environ.get("ALOFT_LAYERS"), "/opt"),
        (os.path.dirname(os.__file__), "/var/lang/lib/python%d.%d" % sys.version_info[:2]),
    )
    if folder
]


class RuntimeFault(Exception):
    """A fault that Lambda itself names."""

    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind = "Runtime." + kind
        self.message = message
        self.trace = trace


class Telemetry:
    """Writes log messages as frames, so that one with line breaks stays one log event."""

    def __init__(self, descriptor):
        self.file = os.fdopen(descriptor, "wb", 0)
        self.json = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"

    def write(self, message, level="INFO"):
        data = message.encode("utf8", "replace")
        kind = (JSON_FRAME if self.json else TEXT_FRAME) | (LEVEL_BITS.get(level, 0) << 2)
        micros = time.time_ns() // 1000
        self.file.write(kind.to_bytes(4, "big") + len(data).to_bytes(4, "big") + micros.to_bytes(8, "big") + data)

    def error(self, document):
        if self.json:
            now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            self.write(json.dumps({"timestamp": now, "log_level": "ERROR", **document}), "ERROR")
            return
        lines = ["[ERROR] %s: %s" % (document["errorType"], document["errorMessage"])]
        lines.append("Traceback (most recent call last):")
        for entry in document["stackTrace"]:
            # A log viewer would swallow leading spaces, so AWS writes no-break ones.
            for line in entry.splitlines():
                text = line.lstrip(" ")
                lines.append("\u00a0" * (len(line) - len(text)) + text)
        self.write("\n".join(lines) + "\n", "ERROR")


class LogHandler(logging.Handler):
    """Sends the logging module's records to the function's log, with the request they belong to."""

    def __init__(self, telemetry, current):
        super().__init__()
        self.telemetry = telemetry
        self.current = current

    def emit(self, record):
        record.aws_request_id = self.current.get("request_id", "")
        self.telemetry.write(self.format(record), record.levelname)


class JsonFormatter(logging.Formatter):
    def format(self, record):
        seconds = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "timestamp": "%s.%03dZ" % (seconds, record.msecs),
            "level": logging.getLevelName(min(50, max(0, record.levelno)) // 10 * 10),
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            line["stackTrace"] = [shown_text(entry) for entry in traceback.format_tb(record.exc_info[2])]
            line["errorType"] = record.exc_info[0].__name__
            line["errorMessage"] = str(record.exc_info[1])
        if record.aws_request_id:
            line["requestId"] = record.aws_request_id
        if record.exc_info:
            line["location"] = "%s:%s:%s" % (shown_file(record.pathname), record.funcName, record.lineno)
        more = {key: value for key, value in vars(record).items() if key not in RECORD_FIELDS and key not in line}
        return json.dumps({**line, **more}, default=str, ensure_ascii=False) + "\n"


class TextFormatter(logging.Formatter):
    def formatException(self, exc_info):
        return shown_text(super().formatException(exc_info))


def find_programs(layers):
    """AWS mounts layers at /opt; here they lie in a folder of their own, where programs named by /opt are looked for."""
    import subprocess

    def found(args):
        if isinstance(args, (str, bytes, os.PathLike)) or not args:
            return args
        program, *rest = args
        moved = str(program).replace("/opt/", layers + "/", 1)
        if not str(program).startswith("/opt/") or os.path.exists(program) or not os.path.exists(moved):
            return args
        with open(moved, "rb") as file:
            # Lambda's Python has a place of its own, which scripts in layers name.
            is_script = file.readline(64).startswith(b"#!/var/lang/bin/python")
        return [sys.executable, moved, *rest] if is_script else [moved, *rest]

    class LayerPopen(subprocess.Popen):
        def __init__(self, args, *more, **named):
            super().__init__(found(args), *more, **named)

    subprocess.Popen = LayerPopen


class ClientContext:
    """The mobile SDK's context, as attributes."""

    def __init__(self, document):
        self.custom = document.get("custom")
        self.env = document.get("env")
        self.client = Client(document.get("client")) if document.get("client") else None


class Client:
    def __init__(self, document):
        for name in ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"):
            setattr(self, name, document.get(name))


class Identity:
    def __init__(self, document):
        self.cognito_identity_id = document.get("cognitoIdentityId")
        self.cognito_identity_pool_id = document.get("cognitoIdentityPoolId")


class LambdaContext:
    """What a handler learns of its event and its environment."""

    def __init__(self, headers):
        env = os.environ
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = env.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = env.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = env.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = env.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = env.get("AWS_LAMBDA_LOG_STREAM_NAME")
        client = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = ClientContext(json.loads(client)) if client else None
        self.identity = Identity(json.loads(headers.get("Lambda-Runtime-Cognito-Identity") or "{}"))
        self._deadline_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(self._deadline_ms - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))


class RuntimeClient:
    """The runtime API over one kept connection."""

    def __init__(self, authority):
        self.connection = http.client.HTTPConnection(authority)

    def next(self):
        try:
            self.connection.request("GET", PREFIX + "invocation/next")
            response = self.connection.getresponse()
            return response.headers, response.read()
        except (OSError, http.client.HTTPException):
            # Without its runtime API a process has no purpose: the cloud has gone, perhaps without a farewell.
            sys.exit(0)

    def post(self, path, body, headers):
        self.connection.request("POST", PREFIX + path, body, {"Content-Type": "application/json", **headers})
        self.connection.getresponse().read()

    def error(self, path, document):
        kind = document["errorType"].encode("ascii", "replace").decode()
        self.post(path, json.dumps(document), {"Lambda-Runtime-Function-Error-Type": kind})


def load_handler(name):
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        raise RuntimeFault("MalformedHandlerName", "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name)
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise RuntimeFault("BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module_name)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise RuntimeFault("ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        trace = ['  File "%s" Line %s\n    %s' % (shown_file(error.filename or ""), error.lineno, error.text)]
        raise RuntimeFault("UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error), trace)
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise RuntimeFault("HandlerNotFound", "Handler '%s' missing on module '%s'" % (function_name, module_name))


def shown_file(filename):
    """A file by the name it has on AWS."""
    for folder, name in SHOWN_FOLDERS:
        if filename.startswith(folder + os.sep):
            return name + filename[len(folder) :]
    return filename


def shown_text(text):
    """A traceback with its files by the names they have on AWS."""
    for folder, name in SHOWN_FOLDERS:
        text = text.replace('File "' + folder + os.sep, 'File "' + name + os.sep)
    return text


def error_document(error, request_id):
    if isinstance(error, RuntimeFault):
        kind, message, trace = error.kind, error.message, error.trace or []
    else:
        # What the function's author wants to see starts at their own code. AWS: no carets point into its lines.
        frames = [
            (shown_file(frame.filename), frame.lineno, frame.name, frame.line)
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename != __file__
        ]
        kind, message, trace = type(error).__name__, str(error), traceback.format_list(frames)
    return {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": trace}


def marshalled(result):
    try:
        return json.dumps(result, default=decimal_as_number)
    except (TypeError, ValueError) as error:
        raise RuntimeFault("MarshalError", "Unable to marshal response: %s" % error)


def decimal_as_number(value):
    # AWS: DynamoDB's numbers come as Decimal, and are passed on as numbers.
    decimal = sys.modules.get("decimal")
    if decimal and isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def set_up_logging(telemetry, current):
    logging.Formatter.converter = time.gmtime
    handler = LogHandler(telemetry, current)
    if telemetry.json:
        handler.setFormatter(JsonFormatter())
    else:
        pattern = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
        handler.setFormatter(TextFormatter(pattern, "%Y-%m-%dT%H:%M:%S"))
    logging.getLogger().addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
    if level in LEVEL_BITS:
        logging.getLogger().setLevel({"TRACE": "DEBUG", "FATAL": "CRITICAL"}.get(level, level))


def handle(client, handler, telemetry, headers, body):
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id", "")
    try:
        result = marshalled(handler(json.loads(body), LambdaContext(headers)))
    except Exception as error:
        document = error_document(error, request_id)
        telemetry.error(document)
        client.error("invocation/%s/error" % request_id, document)
        return
    finally:
        sys.stdout.flush()
    client.post("invocation/%s/response" % request_id, result.encode("utf8"), {})


def resolve_local_names():
    """RFC 6761, 6.3: names below localhost are this machine's; not every system's resolver knows.

    Others are what SDKs make of the cloud's address for operations with a host of their own.
    """
    getaddrinfo = socket.getaddrinfo
    local_name = re.compile(r"(.*\.localhost\.?|[a-z]+-127\.0\.0\.1)", re.IGNORECASE)

    def local_getaddrinfo(host, *arguments, **named):
        is_local = isinstance(host, str) and local_name.fullmatch(host)
        return getaddrinfo("127.0.0.1" if is_local else host, *arguments, **named)

    socket.getaddrinfo = local_getaddrinfo


def main():
    telemetry = Telemetry(int(os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD")))
    client = RuntimeClient(os.environ["AWS_LAMBDA_RUNTIME_API"])
    current = {}
    set_up_logging(telemetry, current)
    resolve_local_names()
    layers = os.environ.pop("ALOFT_LAYERS", None)
    if layers:
        find_programs(layers)
    # The function's folder takes the place of this file's.
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        document = error_document(error, "")
        telemetry.error(document)
        client.error("init/error", document)
        sys.exit(1)
    while True:
        headers, body = client.next()
        current["request_id"] = headers["Lambda-Runtime-Aws-Request-Id"]
        handle(client, handler, telemetry, headers, body)


if __name__ == "__main__":
    main()
