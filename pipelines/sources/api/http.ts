import ky from 'ky';
import { SourceError } from '../../errors.ts';
import type { Answer, Classify, Verdict } from './answer.ts';
import type { Clock } from './clock.ts';
import { parseJson } from './json.ts';
import { createLimiter, type Limiter } from './limiter.ts';

export interface Question {
    readonly url: string;
    readonly method?: 'GET' | 'POST';
    readonly headers?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    /** Sent as JSON. */
    readonly json?: object;
    /** Sent as a form. */
    readonly form?: Readonly<Record<string, string>>;
    /** Sent as it is; its type stands in the headers. */
    readonly body?: string;
    /** Endpoints that share a limit. */
    readonly family?: string;
    /** A body that must parse as JSON is asked for again when it does not: it was cut, or is a page of a proxy. */
    readonly expects?: 'json' | 'text' | 'bytes';
}

export interface HttpOptions {
    /** Who asks, as messages name it. */
    readonly connection: string;
    readonly clock: Clock;
    readonly classify: Classify;
    /** Questions per second the system allows, by family. */
    readonly perSecond: (family: string) => number;
    /** Headers that carry the credential. */
    readonly authorise: () => Promise<Readonly<Record<string, string>>>;
    /** Fields that carry it beside those of a JSON body, where a system takes it there alone. */
    readonly authoriseBody?: () => Promise<Readonly<Record<string, string>>>;
    /** Gets a new token when the present one is dead; left out where there is none to get. */
    readonly renew?: () => Promise<void>;
    /** What a person has to do when the access is refused. */
    readonly onRefused: string;
    /** Words that must not stand in a message. */
    readonly secrets: readonly string[];
    readonly timeoutMs?: number;
    readonly maximumBytes?: number;
}

/** The question is wrong; asked again it stays so. */
export class RefusedQuestion extends SourceError {}

/**
 * Asks for what a load can do without.
 * @param without what is missing when it is refused, as a note says it
 * @returns undefined when it is refused
 */
export async function askOptional<Found>(
    ask: () => Promise<Found>,
    without: string,
    onNote: (text: string) => void,
): Promise<Found | undefined> {
    try {
        return await ask();
    } catch (error) {
        if (!(error instanceof RefusedQuestion)) throw error;
        onNote(`${without}: ${error.message}`);
        return undefined;
    }
}

export interface Http {
    /**
     * Asks until there is an answer that is one.
     * @throws SourceError when there is none: which question, why, and what to do
     */
    readonly ask: (question: Question) => Promise<Answer>;
    /** Replaces the secrets of the connection in a text. */
    readonly redact: (text: string) => string;
}

const defaultTimeoutMs = 120_000;
const defaultMaximumBytes = 256 * 1024 * 1024;
const maximumTries = 7;
const firstPauseMs = 1000;
const longestPauseMs = 60_000;
/** A limit that lasts longer ends the run: it says when to come back. */
const longestWaitMs = 15 * 60_000;
const maximumLimitAnswers = 50;
/** The last that a date can be. */
const lastMoment = 8.64e15;

/** The one way questions are asked of a system: limits, time-outs and repeats are settled here. */
export function createHttp(options: HttpOptions): Http {
    const { clock, classify, connection } = options;
    const limiters = new Map<string, Limiter>();
    const limiterOf = (family: string) => {
        const known = limiters.get(family);
        if (known) return known;
        const made = createLimiter(options.perSecond(family), clock);
        limiters.set(family, made);
        return made;
    };
    const redact = (text: string) => redactAll(text, options.secrets);
    const troubleOf = (question: Question, why: string, fix?: string) => ({
        what: `${connection}: ${redact(nameOf(question))} failed.`,
        why: redact(why),
        ...(fix === undefined ? {} : { fix }),
    });
    const fail = (question: Question, why: string, fix?: string) =>
        new SourceError(troubleOf(question, why, fix));

    return {
        redact,
        ask: async (question) => {
            const limiter = limiterOf(question.family ?? '');
            let tries = 0;
            let limits = 0;
            let isRenewed = false;
            for (;;) {
                await limiter.take();
                const { answer, verdict } = await askOnce(question, options, classify);
                if (verdict.kind === 'ok') {
                    limiter.noteGood();
                    if (verdict.waitUntil !== undefined) limiter.blockUntil(verdict.waitUntil);
                    return answer as Answer;
                }
                if (verdict.kind === 'our fault') {
                    throw new RefusedQuestion(troubleOf(question, verdict.why, verdict.fix));
                }
                if (verdict.kind === 'dead token') {
                    if (isRenewed || options.renew === undefined) {
                        throw fail(question, verdict.why, options.onRefused);
                    }
                    isRenewed = true;
                    await options.renew();
                    continue;
                }
                if (verdict.kind === 'limit') {
                    limits += 1;
                    const until = endOf(verdict.until, limits, clock);
                    const wait = until - clock.now();
                    limiter.noteLimit(until);
                    if (wait > longestWaitMs || limits > maximumLimitAnswers) {
                        throw fail(
                            question,
                            `${verdict.why}; the limit lasts until ${new Date(until).toISOString()}`,
                            'run again then; what was loaded is kept, and the rest is asked for',
                        );
                    }
                    continue;
                }
                tries += 1;
                if (tries >= maximumTries) {
                    throw fail(
                        question,
                        `${verdict.why} (${tries} tries)`,
                        'run again later; what was landed is kept, and the rest is asked for',
                    );
                }
                await clock.sleep(pauseOf(tries - 1, clock));
            }
        },
    };
}

/** When a limit is over; a moment that has passed, by a clock that is behind, says nothing of that. */
function endOf(said: number | undefined, limits: number, clock: Clock): number {
    const now = clock.now();
    if (said === undefined || said <= now) return now + pauseOf(limits - 1, clock);
    return Math.min(said, lastMoment);
}

/** Doubles with every failure, between half of that and all of it, so that programs do not march in step. */
function pauseOf(failures: number, clock: Clock): number {
    const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
    return longest * (0.5 + clock.random() / 2);
}

async function askOnce(
    question: Question,
    options: HttpOptions,
    classify: Classify,
): Promise<{ readonly answer?: Answer; readonly verdict: Verdict }> {
    let answer: Answer;
    try {
        answer = await receive(question, options);
    } catch (error) {
        if (error instanceof SourceError) throw error;
        if (error instanceof TooLarge)
            return { verdict: { kind: 'our fault', why: error.message } };
        return { verdict: { kind: 'retriable', why: reasonOf(error) } };
    }
    const verdict = classify(answer, options.clock.now());
    const isCut =
        verdict.kind === 'ok' &&
        // No content is an answer of its own: there is nothing.
        answer.status !== 204 &&
        (question.expects ?? 'json') === 'json' &&
        answer.data === undefined;
    if (!isCut) return { answer, verdict };
    const why = `the answer is not JSON: ${answer.text.slice(0, 100) || 'empty'}`;
    return { verdict: { kind: 'retriable', why } };
}

async function receive(question: Question, options: HttpOptions): Promise<Answer> {
    // Over the body too: a server that stops in the middle of it would be waited for without end.
    const signal = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs);
    const response = await ky(question.url, {
        method: question.method ?? 'GET',
        headers: { ...(await options.authorise()), ...question.headers },
        ...(question.query ? { searchParams: question.query } : {}),
        ...(question.json === undefined
            ? {}
            : { json: { ...question.json, ...(await options.authoriseBody?.()) } }),
        ...(question.form ? { body: new URLSearchParams(question.form) } : {}),
        ...(question.body === undefined ? {} : { body: question.body }),
        // What to repeat and when depends on the body, which is not read there.
        retry: 0,
        timeout: false,
        throwHttpErrors: false,
        signal,
    });
    const { status, headers } = response;
    const bytes = await readBytes(response, options.maximumBytes ?? defaultMaximumBytes);
    if (question.expects === 'bytes') return { status, headers, text: '', data: undefined, bytes };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { status, headers, text, data: parsed(text) };
}

class TooLarge extends Error {}

async function readBytes(response: Response, maximumBytes: number): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of response.body ?? []) {
        bytes += piece.byteLength;
        if (bytes > maximumBytes) {
            throw new TooLarge(`the answer is larger than ${maximumBytes} bytes`);
        }
        pieces.push(piece);
    }
    return Buffer.concat(pieces);
}

function parsed(text: string): unknown {
    try {
        return parseJson(text);
    } catch {
        // Whether it had to be JSON is judged by who asked.
        return undefined;
    }
}

function reasonOf(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return error.name === 'TimeoutError' ? 'no answer in time' : `${error.message}${cause}`;
}

/** Without the query, in which some systems want the token. */
function nameOf({ method = 'GET', url }: Question): string {
    const { host, pathname } = new URL(url);
    return `${method} ${host}${pathname}`;
}

function redactAll(text: string, secrets: readonly string[]): string {
    return secrets
        .filter((secret) => secret.length > 3)
        .reduce(
            (known, secret) =>
                known.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***'),
            text,
        );
}
