import type { Verdict } from '../api/answer.ts';

const passing = new Set([
    ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH'],
    ...['EAI_AGAIN', 'PROTOCOL_CONNECTION_LOST', 'ERR_STREAM_PREMATURE_CLOSE'],
]);

const certificate =
    /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID|HANDSHAKE_SSL_ERROR)$/;

/** The code of an error of a driver or of the network; empty where it has none. */
export function codeOf(error: unknown): string {
    const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
    if (typeof code === 'string') return code;
    return cause === undefined ? '' : codeOf(cause);
}

/** What an error means that comes from the way to the server; undefined for one of the server itself. */
export function judgeNetwork(error: unknown): Verdict | undefined {
    const code = codeOf(error);
    const message = error instanceof Error ? error.message : String(error);
    const why = message || code;
    if (passing.has(code)) return { kind: 'retriable', why };
    if (
        /^Connection terminated|timeout|closed state/i.test(message) &&
        !/^[0-9A-Z]{5}$/.test(code)
    ) {
        return { kind: 'retriable', why };
    }
    if (code === 'ENOTFOUND')
        return { kind: 'our fault', why, fix: 'correct host in the connection' };
    if (certificate.test(code)) {
        const fix =
            "mount the certificate of the authority and name it in <CONNECTION>_CA_FILE; tls: 'unverified' trusts any server";
        return { kind: 'our fault', why, fix };
    }
    if (/does not support (SSL|secure)/i.test(message)) {
        const fix =
            "switch TLS on at the server; on a network that you trust, tls: 'off' sends everything as it is";
        return { kind: 'our fault', why, fix };
    }
    return undefined;
}
