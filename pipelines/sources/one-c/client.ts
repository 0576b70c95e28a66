import type { z } from 'zod';
import { type Classify, classifyByStatus } from '../api/answer.ts';
import type { Tools } from '../api/connector.ts';
import { createHttp } from '../api/http.ts';
import { basicOf } from '../api/oauth.ts';
import { errorBody } from './records.ts';
import type { oneC } from './settings.ts';

export type OneCSettings = z.output<typeof oneC.schema>;

export interface OneCClient {
    /** @param query options such as `$top`; names and values in any script */
    readonly list: (resource: string, query: Readonly<Record<string, string>>) => Promise<string>;
}

const access =
    'ask an administrator of 1C for a user that may read the documents (npx jointly connect one_c), and put name and password in the environment';

/** There is no such resource, or it is not in the set of the interface. */
const unknownResource = new Set(['8', '14']);

export const classifyOneC: Classify = (answer, now) => {
    const error = errorBody.safeParse(answer.data).data?.['odata.error'];
    const said = error?.message.value ?? '';
    const why = `status ${answer.status}${said ? `: ${said}` : ''}`;
    if (answer.status === 401) return { kind: 'dead token', why };
    if (error && answer.status < 500) {
        const isUnknown = answer.status === 404 || unknownResource.has(error.code);
        const fix = isUnknown
            ? 'check the names under documents of the connection, and that they are in the set of the OData interface'
            : undefined;
        return { kind: 'our fault', why, ...(fix === undefined ? {} : { fix }) };
    }
    const verdict = classifyByStatus(answer, now);
    return verdict.kind === 'ok' ? verdict : { ...verdict, why: said ? why : verdict.why };
};

/** Asks the standard OData interface of an infobase. */
export function createOneCClient(settings: OneCSettings, { clock, secret }: Tools): OneCClient {
    const user = secret('user');
    const password = secret('password');
    const http = createHttp({
        connection: settings.name,
        clock,
        classify: classifyOneC,
        // The server is the company's own, and people work on it.
        perSecond: () => 4,
        authorise: async () => ({ authorization: basicOf(user, password) }),
        onRefused: access,
        secrets: [password],
        timeoutMs: 300_000,
    });
    return {
        list: async (resource, query) => {
            const options = Object.entries({ $format: 'json', ...query })
                // A plus would be taken for itself, and the sign of an option has to stay one.
                .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
                .join('&');
            const base = settings.address.replace(/\/+$/, '');
            const path = `${base}/odata/standard.odata/${encodeURIComponent(resource)}`;
            return (await http.ask({ url: `${path}?${options}` })).text;
        },
    };
}
