// node load-copy.ts [--skip-broken|--with-ad] FILE DATABASE: the engine's own way, into an equal table of a fresh file.
import { extname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { sqlText } from '../../pipelines/contracts/batch.ts';
import { adSpend } from '../../pipelines/contracts/streams/ad-spend.ts';
import { reportLoad } from './report.ts';

const skipsBroken = process.argv[2] === '--skip-broken';
const hasAd = process.argv[2] === '--with-ad';
const [file = '', path = ''] = process.argv.slice(-2);
const columns = adSpend.columns
    .map(({ name, type, required }) => `${name} ${type}${required ? ' not null' : ''}`)
    .join(', ');
const types = adSpend.columns.map(({ name, type }) => `${name}: '${type}'`).join(', ');
const statements: Readonly<Record<string, string>> = {
    '.csv': `copy ad_spend from ${sqlText(file)} (header${skipsBroken ? ', ignore_errors, store_rejects' : ''})`,
    '.ndjson': `insert into ad_spend select * from read_json(${sqlText(file)}, columns = {${types}})`,
    '.parquet': `insert into ad_spend select * from read_parquet(${sqlText(file)})`,
};

await reportLoad(async () => {
    const instance = await DuckDBInstance.create(path, {
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run(`create table ad_spend (${columns}${hasAd ? ', ad varchar' : ''})`);
    await connection.run(statements[extname(file)] ?? '');
    const counted = await connection.runAndReadAll('select count(*) from ad_spend');
    connection.closeSync();
    instance.closeSync();
    return Number(counted.getRows()[0]?.[0]);
});
