import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

const STYLE = `
body { font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
    color: #1c2430; max-width: 60rem; margin: 0 auto; padding: 1.5rem; line-height: 1.5; }
header { color: #5b6472; } header b { color: #23395b; }
form.sign-in { display: grid; gap: 0.75rem; max-width: 22rem; }
label { display: grid; gap: 0.25rem; }
input { font: inherit; padding: 0.45rem; border: 1px solid #8a94a6; border-radius: 0.25rem; }
button { font: inherit; padding: 0.4rem 0.9rem; border: 0; border-radius: 0.25rem; background: #1d4f91; color: #fff; cursor: pointer; }
a { color: #1d4f91; }
.wrong { color: #b42318; background: #fdf0ee; padding: 0.5rem 0.75rem; border-radius: 0.25rem; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1.5rem; }
th, td { text-align: left; padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid #dfe3e9; vertical-align: top; }
td form { margin: 0; }
`;
const styleHash = createHash('sha256').update(STYLE).digest('base64');

/** Of pages with a form and nothing else: no script, one style, forms to this site. */
const POLICY = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** Text that is markup already. */
export class Markup {
    readonly text: string;
    constructor(text: string) {
        this.text = text;
    }
}

type Part = string | number | Markup | readonly Markup[] | undefined;

/** Markup with values in it, which are text wherever they are not markup themselves. */
export function markup(texts: TemplateStringsArray, ...values: readonly Part[]): Markup {
    return new Markup(texts.map((text, index) => text + asText(values[index])).join(''));
}

function asText(value: Part): string {
    if (value instanceof Markup) return value.text;
    if (Array.isArray(value)) return value.map(asText).join('');
    return String(value ?? '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export interface Form {
    readonly language: string;
    readonly company: string;
    readonly title: string;
    readonly body: Markup;
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
}

/** Answers with a page of the server's own. */
export function sendForm(response: ServerResponse, form: Form): void {
    const { language, company, title, body, status = 200, headers = {} } = form;
    const page = markup`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Jointly</title><style>${new Markup(STYLE)}</style></head>
<body><header><b>Jointly</b> ${company}</header><main><h1>${title}</h1>
${body}
</main></body></html>
`;
    response.writeHead(status, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': POLICY,
        ...headers,
    });
    response.end(page.text);
}
