import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDirectory } from './data-set.ts';

/** A bank statement in MT940 of so many credits of one cent to ten euros. @returns its path */
export function bankStatement(entries: number): string {
    mkdirSync(dataDirectory, { recursive: true });
    const path = join(dataDirectory, `statement-by-day-${entries}.sta`);
    if (existsSync(path)) return path;
    let cents = 0;
    const lines = Array.from({ length: entries }, (_, at) => {
        const amount = 1 + ((at * 7919) % 1000);
        cents += amount;
        return (
            `:61:${dayOf(at)}CR${money(amount)}NTRFNONREF//B${at}\r\n` +
            `:86:166?00GUTSCHRIFT?20EREF+R-${at}?21SVWZ+Rechnung RE-${at}?30COBADEFFXXX` +
            `?31DE02120300000000202051?32KUNDE ${at % 500}`
        );
    });
    const text = [
        ...[':20:STARTUMSE', ':25:DE89370400440532013000', ':28C:00012/001'],
        ':60F:C250101EUR0,00',
        ...lines,
        `:62F:C260301EUR${money(cents)}`,
        '-',
    ];
    writeFileSync(path, `${text.join('\r\n')}\r\n`);
    return path;
}

/** Five hundred entries a day, from 2 January 2025 on. */
function dayOf(at: number): string {
    const day = new Date(Date.UTC(2025, 0, 2 + Math.floor(at / 500))).toISOString();
    return day.slice(2, 10).replaceAll('-', '') + day.slice(5, 10).replace('-', '');
}

function money(cents: number): string {
    return `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`;
}
