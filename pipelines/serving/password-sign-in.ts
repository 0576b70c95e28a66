import { createAttempts } from './attempts.ts';
import type { Door } from './door.ts';
import { type Exchange, localPath, readForm, sendText } from './exchange.ts';
import { markup } from './forms.ts';
import { isPassword, NOBODYS_HASH } from './password.ts';
import { newToken } from './sessions.ts';
import { findUser, type User } from './users.ts';

/** So many wait for their password to be looked at, which takes a tenth of a second each. */
const MOST_WAITING = 30;

interface Shown {
    readonly next: string;
    readonly status?: number;
    readonly complaint?: string;
    /** Seconds after which it may be tried again. */
    readonly wait?: number;
}

/** Signs people in by the passwords in the file of users. @returns whether it was asked for */
export function createPasswordSignIn(door: Door, users: () => readonly User[]) {
    const { words } = door;
    const attempts = createAttempts();
    const inTurn = queue(MOST_WAITING);

    return async (exchange: Exchange): Promise<boolean> => {
        if (exchange.url.pathname !== '/sign-in') return false;
        if (exchange.request.method === 'POST') await signIn(exchange);
        else show(exchange, { next: localPath(exchange.url.searchParams.get('next')) });
        return true;
    };

    function show(exchange: Exchange, { next, status = 200, complaint, wait }: Shown): void {
        const id = door.form(exchange) ?? newToken();
        const wrong = complaint && markup`<p class="wrong" role="alert">${complaint}</p>`;
        door.show(exchange, {
            title: words.say('access.sign_in'),
            status,
            headers: {
                'set-cookie': door.formCookie(id),
                ...(wait === undefined ? {} : { 'retry-after': String(wait) }),
            },
            body: markup`${wrong}
<form class="sign-in" method="post" action="/sign-in">
<input type="hidden" name="token" value="${door.sign(`form ${id}`)}">
<input type="hidden" name="next" value="${next}">
<label>${words.say('access.name')}<input name="name" autocomplete="username" autofocus required maxlength="200"></label>
<label>${words.say('access.password')}<input name="password" type="password" autocomplete="current-password" required maxlength="1024"></label>
<button>${words.say('access.sign_in')}</button>
</form>`,
        });
    }

    async function signIn(exchange: Exchange): Promise<void> {
        const fields = await readForm(exchange.request);
        if (fields === undefined) {
            return sendText(exchange.response, 413, words.say('access.too_long'));
        }
        const next = localPath(fields.get('next'));
        const refuse = (status: number, complaint: string, wait?: number) =>
            show(exchange, { next, status, complaint, ...(wait === undefined ? {} : { wait }) });
        const id = door.form(exchange);
        if (id === undefined || !door.isSigned(fields.get('token'), `form ${id}`)) {
            return refuse(403, words.say('access.form_expired'));
        }
        const name = fields.get('name') ?? '';
        const wait = attempts.begin(name, exchange.address);
        if (wait > 0) {
            const minutes = Math.ceil(wait / 60);
            return refuse(429, words.say('access.too_often', { minutes }), wait);
        }
        const user = findUser(users(), name);
        // Whoever is not there takes as long as somebody who is.
        const hash = user?.password ?? NOBODYS_HASH;
        const isRight = await inTurn(() => isPassword(fields.get('password') ?? '', hash));
        if (isRight === undefined) {
            attempts.untried(name, exchange.address);
            return refuse(503, words.say('access.busy'), 5);
        }
        if (!isRight || user?.password === undefined) {
            return refuse(401, words.say('access.wrong'));
        }
        attempts.succeeded(name, exchange.address);
        door.enter(exchange, user.name, user.password, next);
    }
}

/** Runs one thing after the other; undefined for what comes while `most` wait. */
function queue(most: number) {
    let waiting = 0;
    let last: Promise<unknown> = Promise.resolve();
    return async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
        if (waiting >= most) return undefined;
        waiting += 1;
        const mine = last.then(work);
        last = mine.catch(() => undefined);
        try {
            return await mine;
        } finally {
            waiting -= 1;
        }
    };
}
