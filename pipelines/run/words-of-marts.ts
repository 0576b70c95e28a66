import * as duckdb from '@duckdb/node-api';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { addMessageText, readFiscalPeriods } from '../../dashboards/messages/in-duckdb.ts';
import { createWords, type Words } from '../../dashboards/messages/words.ts';
import type { Config } from '../config.ts';
import type { Warehouse } from '../warehouse/connection.ts';

/** The words of a company, which from here on the warehouse knows as `message_text`. */
export async function addWords(warehouse: Warehouse, company: Config['company']): Promise<Words> {
    const words = createWords(readCatalogue(messagesFile(company.language)), {
        ...company,
        fiscal_periods: await readFiscalPeriods((sql) => warehouse.query(sql)),
    });
    warehouse.extend((connection) => addMessageText(duckdb, connection, words));
    return words;
}
