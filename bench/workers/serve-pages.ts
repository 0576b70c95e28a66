// node serve-pages.ts FOLDER: answers like Google Ads from pages that are written already, and says at /asked how
// many it was asked for; prints its address.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const [folder = ''] = process.argv.slice(-1);

let pages = 0;
const server = createServer(async (request, response) => {
    const asked = await text(request);
    response.setHeader('content-type', 'application/json');
    if (request.url === '/token') {
        response.end(JSON.stringify({ access_token: 'token', expires_in: 3599 }));
        return;
    }
    if (request.url === '/asked') {
        response.end(JSON.stringify(pages));
        return;
    }
    const [, id = ''] = /customers\/(\d+)\//.exec(request.url ?? '') ?? [];
    if (asked.includes('FROM customer')) {
        const customer = { id, currencyCode: 'EUR', timeZone: 'Etc/UTC' };
        response.end(JSON.stringify([{ results: [{ customer }] }]));
        return;
    }
    const [, month = ''] = /BETWEEN '(\d{4}-\d{2})/.exec(asked) ?? [];
    pages += 1;
    const page = join(folder, `${id}-${month}.json`);
    if (existsSync(page)) createReadStream(page).pipe(response);
    else response.end(JSON.stringify([{ requestId: 'nothing' }]));
});
server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
