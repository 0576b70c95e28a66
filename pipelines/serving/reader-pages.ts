import { accessPage } from './access-page.ts';
import { type Exchange, readForm, redirect, sendText } from './exchange.ts';
import type { Gate, Reader } from './gate.ts';
import { EVERYONE, type Owner, payeesFor, type Site, teamsFor } from './site.ts';

/** Answers what differs by reader and is in no file. @returns whether it was that */
export function answerReader(exchange: Exchange, gate: Gate, site: Site, reader: Reader): boolean {
    const path = exchange.url.pathname.replace(/(?<=.)\/$/, '');
    const own = path === '/my' ? ownPage(site, reader) : undefined;
    const page = path === '/team' ? teamPages(site, reader)[0] : own;
    if (page) redirect(exchange.response, page.href);
    else if (path === '/reader.json') sendReader(exchange, gate.isOpen, site, reader);
    else if (path === '/access' && reader.isFinance) {
        gate.door.show(exchange, {
            title: gate.door.words.say('access.title'),
            body: accessPage(gate, site, reader),
        });
    } else return false;
    return true;
}

/** Finance looks at the pages as somebody else, or as themselves again. */
export async function seeAs(exchange: Exchange, gate: Gate, reader: Reader): Promise<void> {
    const fields = await readForm(exchange.request);
    if (!reader.isFinance || !gate.isOwnForm(fields, reader)) {
        sendText(exchange.response, 403, gate.door.words.say('access.form_expired'));
        return;
    }
    gate.setView(reader, fields?.get('user') ?? '');
    redirect(exchange.response, '/');
}

/** What the pages ask about who reads them: where their navigation leads, and who they are. */
function sendReader({ response }: Exchange, isUnasked: boolean, site: Site, reader: Reader): void {
    const { name, rights, isFinance, seenAs, token, hasSession } = reader;
    const isOpen = (audience: string | undefined) =>
        audience === EVERYONE || (rights.isFinance && audience === 'finance');
    const said = {
        name,
        pages: Object.keys(site.pages).filter((route) => isOpen(site.pages[route])),
        teams: rights.isFinance ? [] : teamPages(site, reader),
        own: ownPage(site, reader),
        seen_as: seenAs,
        has_access_page: isFinance && !isUnasked,
        has_session: hasSession,
        ...(hasSession || seenAs !== undefined ? { token } : {}),
    };
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
    response.writeHead(200, headers).end(JSON.stringify(said));
}

interface Page {
    readonly id: string;
    readonly href: string;
}

function ownPage(site: Site, { rights }: Reader): Page | undefined {
    const own = payeesFor(site, rights).find(({ id }) => id === rights.payee);
    return own && pageOf(site, own);
}

const teamPages = (site: Site, { rights }: Reader): readonly Page[] =>
    teamsFor(site, rights).map((team) => pageOf(site, team));

/** The page that is there for each owner of an audience. */
function pageOf({ pages }: Site, { audience, id, address }: Owner): Page {
    const route =
        Object.keys(pages).find(
            (one) => pages[one] === audience && one.endsWith(`/[${audience}]`),
        ) ?? '/';
    return { id, href: `${route.replace(`[${audience}]`, address)}/` };
}
