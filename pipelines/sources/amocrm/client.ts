import { join } from 'node:path';
import { z } from 'zod';
import { type Classify, classifyByStatus } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createHttp } from '../api/http.ts';
import { createGrant } from '../api/oauth.ts';
import type { amocrm } from './settings.ts';

export type AmocrmSettings = z.output<typeof amocrm.schema>;

export interface AmocrmAnswer {
    readonly text: string;
    /** By the clock of the system; milliseconds since 1970. */
    readonly at: number;
}

export interface AmocrmClient {
    readonly get: (path: string, query?: Readonly<Record<string, string>>) => Promise<AmocrmAnswer>;
}

const access =
    'ask an administrator of the account to grant access anew (npx jointly connect amocrm) and put the new token in the environment';

const hourMs = 3_600_000;

const problem = z.object({
    title: z.string().catch(''),
    detail: z.string().catch(''),
    hint: z.string().optional().catch(undefined),
});

export const classifyAmocrm: Classify = (answer, now) => {
    const { status, data } = answer;
    const body = problem.safeParse(data);
    const said = body.success ? (body.data.hint ?? (body.data.detail || body.data.title)) : '';
    const why = `status ${status}${said ? `: ${said}` : ''}`;
    if (status === 403) {
        // Who goes on asking after 429 is shut out, and is not told for how long.
        const isShutOut = !body.success || said === '';
        if (isShutOut) return { kind: 'limit', until: now + hourMs, why: `${why}: shut out` };
        const fix =
            'let an administrator grant the access, and take the address of this machine into the list of the account if it has one';
        return { kind: 'our fault', why, fix };
    }
    if (status === 402) {
        return { kind: 'our fault', why, fix: 'pay for the account: it answers to nobody' };
    }
    const verdict = classifyByStatus(answer, now);
    return verdict.kind === 'ok' ? verdict : { ...verdict, why };
};

/** Asks amoCRM or Kommo, which are one system under two names. */
export function createAmocrmClient(
    settings: AmocrmSettings,
    { clock, directory, secret }: Tools,
): AmocrmClient {
    const { name, domain, version, address = `https://${domain}` } = settings;
    const { authorise, renew, secrets } = credentialsOf();
    const http = createHttp({
        connection: name,
        clock,
        classify: classifyAmocrm,
        perSecond: () => 7,
        authorise,
        ...(renew ? { renew } : {}),
        onRefused: access,
        secrets,
    });
    return {
        get: async (path, query = {}) => {
            const { text, headers } = await http.ask({
                url: `${address}/api/${version}/${path}`,
                query,
            });
            const at = Date.parse(headers.get('date') ?? '');
            // No content: nothing fits the question.
            return { text: text === '' ? '{}' : text, at: Number.isNaN(at) ? clock.now() : at };
        },
    };

    function credentialsOf() {
        if (settings.grant === 'token') {
            const token = secret('token');
            const authorise = async () => ({ authorization: `Bearer ${token}` });
            return { authorise, renew: undefined, secrets: [token] };
        }
        const clientId = secret('client_id');
        const clientSecret = secret('client_secret');
        const granted = secret('refresh_token');
        const grant = createGrant({
            connection: name,
            clock,
            url: `${address}/oauth2/access_token`,
            clientId,
            clientSecret,
            granted,
            file: join(directory, 'token.json'),
            onRefused: access,
            form: (refreshToken) => ({
                grant_type: 'refresh_token',
                client_id: clientId,
                client_secret: clientSecret,
                refresh_token: refreshToken,
                ...(settings.redirect_uri ? { redirect_uri: settings.redirect_uri } : {}),
            }),
        });
        const authorise = async () => ({
            authorization: `Bearer ${(await grant.current()).accessToken}`,
        });
        return { authorise, renew: grant.renew, secrets: [clientSecret, granted] };
    }
}
