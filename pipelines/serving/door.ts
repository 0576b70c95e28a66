import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Words } from '../../dashboards/messages/words.ts';
import { cookieOf, type Exchange, redirect } from './exchange.ts';
import { type Form, sendForm } from './forms.ts';
import { createSessions, LONGEST } from './sessions.ts';

export interface DoorOptions {
    readonly company: { readonly id: string; readonly name: string; readonly language: string };
    readonly words: Words;
    /** Whether readers come by https. */
    readonly isSecure: boolean;
}

/** What every way to sign in needs: forms, their tokens, and cookies. */
export type Door = ReturnType<typeof createDoor>;

/** How long somebody may take over a form. */
export const FORM_MS = 600_000;

export function createDoor({ company, words, isSecure }: DoorOptions) {
    // Cookies are shared by the ports of a machine, and companies are served beside each other.
    const name = `${isSecure ? '__Host-' : ''}jointly-${company.id}`;
    const formName = `${name}-form`;
    const secret = randomBytes(32);
    const sessions = createSessions();

    const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
    const cookie = (key: string, value: string, seconds: number) =>
        `${key}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure ? '; Secure' : ''}`;

    return {
        words,
        isEqual,
        /** The token that a form has to bring which was made for this purpose. */
        sign,
        isSigned: (token: string | null | undefined, purpose: string) =>
            isEqual(token ?? '', sign(purpose)),

        /** What a browser that has not signed in yet is known by, and the cookie that says it. */
        form: ({ request }: Exchange) => cookieOf(request, formName),
        formCookie: (id: string) => cookie(formName, id, FORM_MS / 1000),

        /** Who is signed in, and the token they are known by. */
        session: (request: IncomingMessage) => {
            const token = cookieOf(request, name);
            const session = token === undefined ? undefined : sessions.find(token);
            return token === undefined || session === undefined ? undefined : { ...session, token };
        },
        /** Signs somebody in, whoever was signed in before, and sends them on. */
        enter({ request, response }: Exchange, user: string, mark: string, next: string): void {
            const before = cookieOf(request, name);
            if (before !== undefined) sessions.end(before);
            const token = sessions.start(user, mark);
            const cookies = [cookie(name, token, LONGEST.ever / 1000), cookie(formName, '', 0)];
            response.setHeader('set-cookie', cookies);
            redirect(response, next);
        },
        leave({ response }: Exchange, token: string): void {
            sessions.end(token);
            response.setHeader('set-cookie', cookie(name, '', 0));
            // What the browser keeps of the pages goes, too.
            response.setHeader('clear-site-data', '"cache", "storage"');
            redirect(response, '/signed-out');
        },

        /** Answers with a page of the server's own. */
        show: ({ response }: Exchange, form: Omit<Form, 'language' | 'company'>) =>
            sendForm(response, { language: company.language, company: company.name, ...form }),
    };
}

/** Takes the same time wherever two texts of one length differ. */
function isEqual(one: string, other: string): boolean {
    const [first, second] = [Buffer.from(one), Buffer.from(other)];
    return first.length === second.length && timingSafeEqual(first, second);
}
