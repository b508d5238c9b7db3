/**
 * The server loads it when it starts: metrics of its own stand beside the API, and its log is kept from telling what people ask.
 * One analyzer serves all rails; the library would load a second one, and half a gigabyte with it, for each way in which it is asked for.
 */
export const serverPython = (certainty: number): string => `import logging

from nemoguardrails.library.sensitive_data_detection import actions as personal_data
from nemoguardrails.logging import verbose
from prometheus_client import make_asgi_app


def init(app):
    # The server always asks for a verbose log, with every prompt and answer in it: it shall find that done.
    verbose.verbose_mode_enabled = True
    logging.getLogger().setLevel(logging.WARNING)
    analyzer = personal_data._get_analyzer(score_threshold=${certainty})
    personal_data._get_analyzer = lambda **_: analyzer
    app.mount("/metrics", make_asgi_app())
`

/**
 * Loaded with the rails, for each model that is asked for: every check stays what it is in the library, and counts what it did.
 * \`wraps\` keeps the signature, by which the runtime hands over arguments.
 */
export const railsPython = `from functools import wraps

from nemoguardrails.library.self_check.input_check.actions import self_check_input
from nemoguardrails.library.self_check.output_check.actions import self_check_output
from nemoguardrails.library.sensitive_data_detection.actions import detect_sensitive_data, mask_sensitive_data
from prometheus_client import REGISTRY, Counter


def counter(name, text):
    return REGISTRY._names_to_collectors.get(name) or Counter(name, text, ["rail"])


blocked = counter("nemo_guardrails_blocked_total", "Questions and answers that were held back")
masked = counter("nemo_guardrails_masked_total", "Questions in which personal data was replaced")


def counted(check, rail=None):
    @wraps(check)
    async def run(*args, **kwargs):
        outcome = await check(*args, **kwargs)
        name = rail or "personal data on " + kwargs["source"]
        if outcome.is_blocked:
            blocked.labels(name).inc()
        elif outcome.transforms:
            masked.labels(name).inc()
        return outcome

    return run


def init(app):
    app.register_action(counted(self_check_input, "input"), "self_check_input")
    app.register_action(counted(self_check_output, "output"), "self_check_output")
    app.register_action(counted(detect_sensitive_data), "detect_sensitive_data")
    app.register_action(counted(mask_sensitive_data), "mask_sensitive_data")
`
