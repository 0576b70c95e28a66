import type { z } from 'zod';
import { type Classify, classifyByStatus } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createHttp } from '../api/http.ts';
import { errorBody } from './records.ts';
import type { stripe } from './settings.ts';

export type StripeSettings = z.output<typeof stripe.schema>;

export interface StripeClient {
    /** A page of the ledger, the latest first. */
    readonly transactions: (query: Readonly<Record<string, string>>) => Promise<string>;
}

const access =
    'ask whoever administers Stripe for a new restricted key (npx jointly connect stripe) and put it in the environment';

export const classifyStripe: Classify = (answer, now) => {
    const verdict = classifyByStatus(answer, now);
    const parsed = errorBody.safeParse(answer.data);
    if (!parsed.success) return verdict;
    const { code, type, message } = parsed.data.error;
    const why = `status ${answer.status}, ${code ?? type}: ${message}`;
    // The platform knows best whether it passes: another request may have held a lock.
    const isPassing =
        answer.headers.get('stripe-should-retry') === 'true' || code === 'lock_timeout';
    if (isPassing) return { kind: 'retriable', why };
    if (answer.status === 403) {
        const fix = 'let the restricted key read balance transaction sources, charges and disputes';
        return { kind: 'our fault', why, fix };
    }
    return { ...verdict, why };
};

/** Asks Stripe. */
export function createStripeClient(
    settings: StripeSettings,
    { clock, secret }: Tools,
): StripeClient {
    const { name, version, address = 'https://api.stripe.com' } = settings;
    const key = secret('key');
    const http = createHttp({
        connection: name,
        clock,
        classify: classifyStripe,
        // A hundred reads a second are allowed; the shop itself asks, too.
        perSecond: () => 25,
        authorise: async () => ({ authorization: `Bearer ${key}`, 'stripe-version': version }),
        onRefused: access,
        secrets: [key],
    });
    return {
        transactions: async (query) =>
            (await http.ask({ url: `${address}/v1/balance_transactions`, query })).text,
    };
}
