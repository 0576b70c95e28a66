import type { Words } from '../../dashboards/messages/words.ts';
import { type Markup, markup } from './forms.ts';
import type { Gate, Reader } from './gate.ts';
import { rightsOf } from './rights.ts';
import { payeesFor, type Site } from './site.ts';
import { FINANCE, LEAD, type User } from './users.ts';

/** Who can see what: each user with whose pay they read, and each payee with who reads it. */
export function accessPage(gate: Gate, site: Site, reader: Reader): Markup {
    const { words } = gate.door;
    const back = markup`<p><a href="/">${words.say('access.back')}</a></p>`;
    // Without users there is nobody to list, and nobody's pay is kept from anybody.
    if (gate.isOpen)
        return markup`<p>${words.say('access.nobody_signs_in')}</p>
${back}`;
    const users = gate.users();
    const nobody = words.say('access.nobody');
    const readBy = new Map(users.map((user) => [user, new Set(payeesFor(site, rightsOf(user)))]));
    const rows = users.map((user) => {
        const names = [...(readBy.get(user) ?? [])].map(({ name, id }) => name ?? id);
        const isAll = user.groups.includes(FINANCE);
        return markup`<tr><td>${user.name}</td><td>${groupsOf(user, words)}</td>
<td>${isAll ? words.say('access.everybody') : names.join(', ') || nobody}${unknownOf(user, site, words)}</td>
<td><form method="post" action="/access/as"><input type="hidden" name="token" value="${reader.token}">
<input type="hidden" name="user" value="${user.name}"><button>${words.say('access.see_as')}</button></form></td></tr>`;
    });
    const payees = site.owners
        .filter(({ audience }) => audience === 'payee')
        .map((payee) => {
            const readers = users.filter((user) => readBy.get(user)?.has(payee));
            const names = readers.map(({ name }) => name).join(', ');
            return markup`<tr><td>${payee.name ?? payee.id}</td><td>${names || nobody}</td></tr>`;
        });
    return markup`<h2>${words.say('access.by_user')}</h2>
<table><thead><tr><th>${words.say('access.name')}</th><th>${words.say('access.groups')}</th><th>${words.say('access.reads_pay_of')}</th><th></th></tr></thead>
<tbody>${rows}</tbody></table>
<h2>${words.say('access.by_payee')}</h2>
<table><thead><tr><th>${words.say('access.payee')}</th><th>${words.say('access.read_by')}</th></tr></thead>
<tbody>${payees}</tbody></table>
${back}`;
}

function groupsOf({ groups, payee }: User, words: Words): string {
    return [
        ...groups.map((group) =>
            group.startsWith(LEAD)
                ? words.say('access.lead_of', { department: group.slice(LEAD.length) })
                : words.say('access.finance'),
        ),
        ...(payee === undefined ? [] : [words.say('access.payee_named', { payee })]),
    ].join(', ');
}

/** A misspelt payee or department gives nobody anything, and is said. */
function unknownOf(user: User, { owners }: Site, words: Words): Markup | undefined {
    const isKnown = (audience: string, id: string) =>
        owners.some((one) => one.audience === audience && one.id === id);
    const { payee, departments } = rightsOf(user);
    const unknown = [
        ...(payee === undefined || isKnown('payee', payee) ? [] : [payee]),
        ...departments.filter((department) => !isKnown('department', department)),
    ];
    if (unknown.length === 0) return undefined;
    return markup` <span class="wrong">${words.say('access.no_statements', { ids: unknown.join(', ') })}</span>`;
}
