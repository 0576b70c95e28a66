import type { FoundFile } from '../find-files.ts';
import { beginningOf, detectEncoding } from '../text-stream.ts';
import type { StatementType } from './statement-types.ts';

/** The format of a statement, by how it begins; undefined for what is none. */
export async function statementTypeOf(file: FoundFile): Promise<StatementType | undefined> {
    const text = (await beginningOf(file)).toString('latin1').replace(/^\xef\xbb\xbf/, '');
    if (/^\s*1CClientBankExchange\s/.test(text)) return '1c_client_bank';
    if (/^\s*</.test(text)) {
        return /camt\.053\.|BkToCstmrStmt/.test(text) ? 'camt053' : undefined;
    }
    return /^:20:/m.test(text) && /^:(25P?|28C?|60[FM]|NS):/m.test(text) ? 'mt940' : undefined;
}

/** In what a statement is written: as the input or the file says; what it says may be wrong. */
export async function statementEncoding(
    file: FoundFile,
    type: StatementType,
    wanted: string | undefined,
): Promise<string> {
    return detectEncoding(file.path, wanted ?? (await saidEncoding(file, type)));
}

async function saidEncoding(file: FoundFile, type: StatementType): Promise<string> {
    if (type === 'mt940') return 'utf-8';
    const start = await beginningOf(file);
    if (type === 'camt053') {
        return (
            /^\s*<\?xml[^>]*encoding=["']([\w-]+)/.exec(start.toString('latin1'))?.[1] ?? 'utf-8'
        );
    }
    // `Кодировка=Windows` stays in a file that was saved anew in UTF-8.
    const readable = ['utf-8', 'windows-1251', 'ibm866'].find((one) =>
        /^(Кодировка|ВерсияФормата|РасчСчет)=/m.test(new TextDecoder(one).decode(start)),
    );
    return readable ?? 'windows-1251';
}
