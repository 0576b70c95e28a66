import type { IncomingMessage } from 'node:http';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { createWords } from '../../dashboards/messages/words.ts';
import { ConfigError } from '../errors.ts';
import { addressList, clientAddress, isLoopback, plainAddress } from './addresses.ts';
import { createDoor, type DoorOptions } from './door.ts';
import { type Exchange, isNavigation, readForm, redirect, sendText } from './exchange.ts';
import { followFile } from './follow-file.ts';
import { markup } from './forms.ts';
import type { OpenId } from './open-id.ts';
import { createPasswordSignIn } from './password-sign-in.ts';
import { createProviderSignIn } from './provider-sign-in.ts';
import { ALL_RIGHTS, NO_RIGHTS, type Rights, rightsOf } from './rights.ts';
import { type ServeSettings, serveSettings } from './settings.ts';
import { findUser, readUsers } from './users.ts';

/** Who asks, and what they may read. */
export interface Reader {
    /** None where nobody signs in. */
    readonly name: string | undefined;
    readonly rights: Rights;
    /** Whether they may see who can see what, whatever they look at just now. */
    readonly isFinance: boolean;
    /** The user as whom finance looks at the pages. */
    readonly seenAs: string | undefined;
    /** What a form of theirs has to bring. */
    readonly token: string;
    /** Whether they can sign out here. */
    readonly hasSession: boolean;
}

export interface GateOptions extends Omit<DoorOptions, 'isSecure'> {
    readonly settings: ServeSettings;
    /** File of the people who may read; where there is none, nobody is asked who they are. */
    readonly usersFile: string | undefined;
    /** The provider of `settings.open_id`. */
    readonly openId?: OpenId | undefined;
}

export type Gate = ReturnType<typeof createGate>;

/**
 * Lets people in who say who they are: with a password, by a provider, or by a proxy in front.
 * @throws ConfigError where anybody could read pay: a public address, and no way to sign in
 */
export function createGate({ settings, usersFile, openId, ...rest }: GateOptions) {
    const { identity_header: header, unlisted } = settings;
    const isSecure = settings.public_url?.startsWith('https:') ?? false;
    const door = createDoor({ ...rest, isSecure });
    const { words } = door;
    const isProxy = addressList(settings.proxies);
    const users = usersFile === undefined ? () => [] : followFile(usersFile, readUsers);
    const isElsewhere = header !== undefined || openId !== undefined;
    const isOpen = !isElsewhere && usersFile === undefined;
    if (isOpen) refuseStrangers(settings);

    /** What somebody may read; undefined for somebody who may not read at all. */
    function rightsOfName(name: string): Rights | undefined {
        const user = findUser(users(), name);
        if (user) return rightsOf(user);
        return isElsewhere && unlisted === 'everyone' ? NO_RIGHTS : undefined;
    }

    /** A new password ends the sessions of the old one. */
    const markOf = (name: string) =>
        isElsewhere ? 'elsewhere' : findUser(users(), name)?.password;

    const signIn =
        header !== undefined || isOpen
            ? async () => false
            : openId
              ? createProviderSignIn(door, {
                    provider: openId,
                    mayRead: (name) => rightsOfName(name) !== undefined,
                    mark: 'elsewhere',
                })
              : createPasswordSignIn(door, users);

    function nameOf(request: IncomingMessage): { name: string; token: string } | undefined {
        if (header !== undefined) {
            const said = request.headers[header];
            const isFromProxy = isProxy(plainAddress(request.socket.remoteAddress));
            // Several such headers arrive as one text with commas, which is nobody's name.
            if (!isFromProxy || typeof said !== 'string' || said === '') return undefined;
            return { name: said, token: door.sign(`user ${said}`) };
        }
        const session = door.session(request);
        if (session === undefined || session.mark !== markOf(session.user)) return undefined;
        return { name: session.user, token: door.sign(`session ${session.token}`) };
    }

    async function signOut(exchange: Exchange): Promise<void> {
        const session = door.session(exchange.request);
        const fields = await readForm(exchange.request);
        if (session && door.isSigned(fields?.get('token'), `session ${session.token}`)) {
            views.delete(session.user);
            door.leave(exchange, session.token);
        } else sendText(exchange.response, 403, words.say('access.form_expired'));
    }

    /** As whom somebody of finance looks at the pages, by their own name. */
    const views = new Map<string, string>();

    /** What a reader sees: what they may, or what the one may as whom they look. */
    function viewOf(name: string): Pick<Reader, 'rights' | 'isFinance' | 'seenAs'> | undefined {
        const own = rightsOfName(name);
        const seenAs = own?.isFinance ? views.get(name) : undefined;
        const rights = seenAs === undefined ? own : rightsOfName(seenAs);
        return own && { rights: rights ?? NO_RIGHTS, isFinance: own.isFinance, seenAs };
    }

    return {
        settings,
        door,
        isSecure,
        /** Whether nobody is asked who they are. */
        isOpen,
        users,

        /** Who asks; undefined for somebody who has to sign in, or may not read at all. */
        reader(request: IncomingMessage): Reader | undefined {
            if (isOpen) {
                return {
                    name: undefined,
                    rights: ALL_RIGHTS,
                    isFinance: true,
                    seenAs: undefined,
                    token: door.sign('nobody'),
                    hasSession: false,
                };
            }
            const found = nameOf(request);
            const view = found && viewOf(found.name);
            return found && view && { ...found, ...view, hasSession: header === undefined };
        },

        /** Whether a form is one of this reader's own pages. */
        isOwnForm: (fields: URLSearchParams | undefined, { token }: Reader) =>
            door.isEqual(fields?.get('token') ?? '', token),

        /** Lets finance look at the pages as a user does; as themselves for one that is none. */
        setView({ name, isFinance }: Reader, user: string): void {
            const seen = isFinance ? findUser(users(), user) : undefined;
            if (name === undefined) return;
            if (seen) views.set(name, seen.name);
            else views.delete(name);
        },

        /** Sends somebody to where they say who they are. */
        turnAway({ request, response, url }: Exchange): void {
            if (header === undefined && isNavigation(request)) {
                redirect(
                    response,
                    `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`,
                );
            } else sendText(response, 401, words.say('access.who_are_you'));
        },

        /** Answers what belongs to signing in and out. @returns whether it was that */
        async answer(exchange: Exchange): Promise<boolean> {
            const { pathname } = exchange.url;
            if (isOpen || header !== undefined) return false;
            if (pathname === '/sign-out' && exchange.request.method === 'POST') {
                await signOut(exchange);
                return true;
            }
            if (pathname !== '/signed-out') return await signIn(exchange);
            door.show(exchange, {
                title: words.say('access.signed_out'),
                body: markup`<p><a href="/sign-in">${words.say('access.sign_in_again')}</a></p>`,
            });
            return true;
        },

        /** Whom a request comes from, as the proxies say. */
        address({ headers, socket }: IncomingMessage): string {
            const said = headers['x-forwarded-for'];
            const chain = Array.isArray(said) ? said.join(',') : said;
            return clientAddress(plainAddress(socket.remoteAddress), chain, isProxy);
        },
    };
}

/** Lets everybody in who is at this machine. */
export function openGate(): Gate {
    const company = {
        id: 'pages',
        name: '',
        currency: 'EUR',
        language: 'en',
        number_locale: 'en-GB',
    };
    const words = createWords(readCatalogue(messagesFile(company.language)), company);
    return createGate({ company, words, settings: serveSettings.parse({}), usersFile: undefined });
}

/** @throws ConfigError where somebody who is not at this machine could read pay */
function refuseStrangers({ address, host_names, public_url }: ServeSettings): void {
    const names = [address, ...host_names, public_url && new URL(public_url).hostname];
    const open = names.find((name) => name !== undefined && !isLoopback(name));
    if (open === undefined) return;
    throw new ConfigError({
        what: `Everybody who reaches ${open} could read what everybody is paid: nobody signs in.`,
        fix: 'npx jointly users add NAME makes people sign in with a password; or set serve.open_id, or serve.identity_header with serve.proxies',
    });
}
