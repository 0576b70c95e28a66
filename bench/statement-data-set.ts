import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDirectory } from './data-set.ts';

/** A bank statement in MT940 of so many credits of one cent to ten euros. @returns its path */
export function bankStatement(entries: number): string {
    return written(`statement-by-day-${entries}.sta`, () => {
        const lines = Array.from(
            { length: entries },
            (_, at) =>
                `:61:${dayOf(at)}CR${money(amountOf(at))}NTRFNONREF//B${at}\r\n` +
                `:86:166?00GUTSCHRIFT?20EREF+R-${at}?21SVWZ+Rechnung RE-${at}?30COBADEFFXXX` +
                `?31DE02120300000000202051?32KUNDE ${at % 500}`,
        );
        const text = [
            ...[':20:STARTUMSE', ':25:DE89370400440532013000', ':28C:00012/001'],
            ':60F:C250101EUR0,00',
            ...lines,
            `:62F:C260301EUR${money(sumOf(entries))}`,
            '-',
        ];
        return `${text.join('\r\n')}\r\n`;
    });
}

/** The same credits in CAMT.053. @returns its path */
export function camtStatement(entries: number): string {
    return written(`statement-${entries}.xml`, () => {
        const balance = (code: string, cents: number, day: string) =>
            `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${point(cents)}</Amt>` +
            `<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
        const entry = (at: number) =>
            `<Ntry><Amt Ccy="EUR">${point(amountOf(at))}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>` +
            `<BookgDt><Dt>${isoDayOf(at)}</Dt></BookgDt><ValDt><Dt>${isoDayOf(at)}</Dt></ValDt>` +
            `<AcctSvcrRef>B${at}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>R-${at}</EndToEndId></Refs>` +
            `<RltdPties><Dbtr><Nm>Kunde ${at % 500}</Nm></Dbtr></RltdPties>` +
            `<RmtInf><Ustrd>Rechnung RE-${at}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
        return [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>',
            '<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-03T08:00:00</CreDtTm></GrpHdr><Stmt><Id>S1</Id>',
            '<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>',
            balance('OPBD', 0, '2025-01-01'),
            balance('CLBD', sumOf(entries), '2026-03-01'),
            ...Array.from({ length: entries }, (_, at) => entry(at)),
            '</Stmt></BkToCstmrStmt></Document>',
        ].join('\n');
    });
}

function written(name: string, make: () => string): string {
    mkdirSync(dataDirectory, { recursive: true });
    const path = join(dataDirectory, name);
    if (!existsSync(path)) writeFileSync(path, make());
    return path;
}

/** Cents of an entry. */
const amountOf = (at: number) => 1 + ((at * 7919) % 1000);

const sumOf = (entries: number) =>
    Array.from({ length: entries }, (_, at) => amountOf(at)).reduce((sum, one) => sum + one, 0);

/** Five hundred entries a day, from 2 January 2025 on. */
function dayOf(at: number): string {
    const day = isoDayOf(at);
    return day.slice(2).replaceAll('-', '') + day.slice(5).replace('-', '');
}

const isoDayOf = (at: number) =>
    new Date(Date.UTC(2025, 0, 2 + Math.floor(at / 500))).toISOString().slice(0, 10);

const point = (cents: number) => (cents / 100).toFixed(2);

function money(cents: number): string {
    return `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`;
}
