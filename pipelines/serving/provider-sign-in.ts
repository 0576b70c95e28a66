import { SourceError } from '../errors.ts';
import { type Door, FORM_MS } from './door.ts';
import { type Exchange, localPath, redirect } from './exchange.ts';
import { markup } from './forms.ts';
import type { OpenId, SignInQuestion } from './open-id.ts';
import { newToken } from './sessions.ts';

/** Where the provider sends people back to. */
export const CALLBACK = '/sign-in/callback';

const MOST_QUESTIONS = 10_000;

interface Asked extends SignInQuestion {
    readonly next: string;
    readonly until: number;
}

export interface ProviderSignInOptions {
    readonly provider: OpenId;
    /** Whether somebody the provider knows may read anything. */
    readonly mayRead: (name: string) => boolean;
    readonly mark: string;
}

/** Signs people in with an OpenID Connect provider. @returns whether it was asked for */
export function createProviderSignIn(
    door: Door,
    { provider, mayRead, mark }: ProviderSignInOptions,
) {
    const { words } = door;
    // By what the browser was given: an answer that another browser was asked for counts for nothing.
    const questions = new Map<string, Asked>();

    return async (exchange: Exchange): Promise<boolean> => {
        const { pathname } = exchange.url;
        if (exchange.request.method === 'POST') return false;
        if (pathname === '/sign-in') await ask(exchange);
        else if (pathname === CALLBACK) await comeBack(exchange);
        else return false;
        return true;
    };

    async function ask(exchange: Exchange): Promise<void> {
        const question = await provider.begin();
        const id = newToken();
        const [oldest] = questions.keys();
        if (questions.size >= MOST_QUESTIONS && oldest !== undefined) questions.delete(oldest);
        const next = localPath(exchange.url.searchParams.get('next'));
        questions.set(id, { ...question, next, until: Date.now() + FORM_MS });
        exchange.response.setHeader('set-cookie', door.formCookie(id));
        redirect(exchange.response, question.url);
    }

    async function comeBack(exchange: Exchange): Promise<void> {
        const id = door.form(exchange) ?? '';
        const asked = questions.get(id);
        questions.delete(id);
        if (asked === undefined || asked.until < Date.now()) {
            return refuse(exchange, words.say('access.form_expired'));
        }
        const name = await provider
            .finish(exchange.url.searchParams, asked)
            .catch((error: unknown) => {
                if (!(error instanceof SourceError)) throw error;
                // Why is for who runs the server: the person it is about may be anybody.
                process.stderr.write(`${error.message}\n`);
            });
        if (name === undefined) refuse(exchange, words.say('access.not_vouched'));
        else if (mayRead(name)) door.enter(exchange, name, mark, asked.next);
        else refuse(exchange, words.say('access.not_listed', { name }));
    }

    function refuse(exchange: Exchange, complaint: string): void {
        door.show(exchange, {
            title: words.say('access.not_signed_in'),
            status: 403,
            body: markup`<p class="wrong" role="alert">${complaint}</p>
<p><a href="/sign-in">${words.say('access.sign_in_again')}</a></p>`,
        });
    }
}
