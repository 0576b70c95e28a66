export interface Answer {
    readonly status: number;
    readonly headers: Headers;
    readonly text: string;
    /** The parsed body, where it is JSON. */
    readonly data: unknown;
    /** The body, where bytes were asked for; it has no text then. */
    readonly bytes?: Buffer;
}

/** What an answer means for the one who asked. */
export type Verdict =
    /** `waitUntil`: the budget is as good as used up, says the answer; milliseconds since 1970. */
    | { readonly kind: 'ok'; readonly waitUntil?: number }
    /** Too many questions; `until` where the answer says so. */
    | { readonly kind: 'limit'; readonly until?: number | undefined; readonly why: string }
    /** Passes by itself. */
    | { readonly kind: 'retriable'; readonly why: string }
    /** The access that was granted is no longer, or not yet, valid. */
    | { readonly kind: 'dead token'; readonly why: string }
    /** The question is wrong; asked again it stays so. */
    | { readonly kind: 'our fault'; readonly why: string; readonly fix?: string };

/** Tells answers apart. Limits look alike in no two systems, so each has its own. */
export type Classify = (answer: Answer, now: number) => Verdict;

/** What the status alone says; systems look at the body first and leave the rest to this. */
export const classifyByStatus: Classify = ({ status, headers, text }, now) => {
    const why = `status ${status}${text ? `: ${text.slice(0, 300)}` : ''}`;
    if (status === 429) return { kind: 'limit', until: retryAfter(headers, now), why };
    if (status === 503 && headers.has('retry-after')) {
        return { kind: 'limit', until: retryAfter(headers, now), why };
    }
    if (status === 401) return { kind: 'dead token', why };
    if (status === 408 || status === 425 || status >= 500) return { kind: 'retriable', why };
    if (status >= 400) return { kind: 'our fault', why };
    return { kind: 'ok' };
};

/** `Retry-After`, which is a number of seconds or a date. @returns milliseconds since 1970 */
export function retryAfter(headers: Headers, now: number): number | undefined {
    const written = headers.get('retry-after')?.trim();
    if (!written) return undefined;
    if (/^\d+(\.\d+)?$/.test(written)) return now + Number(written) * 1000;
    const date = Date.parse(written);
    return Number.isNaN(date) ? undefined : date;
}
