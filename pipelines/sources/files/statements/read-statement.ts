import type { StatementFormat } from '../../../config-schema.ts';
import type { FoundFile } from '../find-files.ts';
import { openText } from '../text-stream.ts';
import { readCamt053 } from './camt053.ts';
import { readClientBank } from './client-bank-1c.ts';
import type { EntrySink, StatementReading } from './entry.ts';
import { readMt940 } from './mt940.ts';
import { statementEncoding } from './statement-type.ts';
import type { StatementType } from './statement-types.ts';

const readers: Readonly<Record<StatementType, (reading: StatementReading) => Promise<void>>> = {
    '1c_client_bank': readClientBank,
    camt053: readCamt053,
    mt940: readMt940,
};

/**
 * Hands the entries of a statement to a sink, from front to back.
 * @throws SourceError or ContractError for a file that is no such statement, or not a whole one
 */
export async function readStatement(
    file: FoundFile,
    { type, encoding, check_balance: checksBalance = true }: StatementFormat,
    sink: EntrySink,
): Promise<void> {
    const { path, name } = file;
    const text = openText(path, name, await statementEncoding(file, type, encoding));
    await readers[type]({ text, name, checksBalance, sink });
}
