export const SNIPPETS = ['node', 'php'] as const;
export type Snippet = (typeof SNIPPETS)[number];

/** What stands in the place of the panel's address where that is not known. */
const EXAMPLE = 'https://panel.example.com';

/** The form on the company's own page, the same for every language behind it. */
export const BUTTON_SNIPPET = `<form method="post" action="/my/services/42/panel" target="_blank">
  <button>Log in to panel</button>
</form>`;

/**
 * What a company puts behind that button on its own site. docs/api.md has the same lines, and a browser story runs them
 * from there.
 */
export function siteSnippet(snippet: Snippet, panelUrl = EXAMPLE): string {
  return (snippet === 'node' ? NODE : PHP).replace(EXAMPLE, panelUrl);
}

const NODE = `// Runs on your server, never in a browser: the key opens every panel.
const PANEL = '${EXAMPLE}';

/** An address that opens the panel of one service, once, within a minute. */
async function loginAddress(serviceId, customerId) {
  const answer = await fetch(PANEL + '/api/trpc/sso.createCode', {
    method: 'POST',
    headers: { authorization: 'Bearer ' + process.env.HYBLE_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ serviceId, customerId }),
  });
  const { result, error } = await answer.json();
  if (error) throw new Error(error.message);
  return result.data.url;
}

// Behind your own sign-in: who the customer is and what is theirs comes from your session and database.
app.post('/my/services/:id/panel', async (request, response) => {
  const { serviceId, customerId } = await ownService(request);
  response.redirect(303, await loginAddress(serviceId, customerId));
});`;

const PHP = `<?php
// Runs on your server, never in a browser: the key opens every panel.
const PANEL = '${EXAMPLE}';

/** An address that opens the panel of one service, once, within a minute. */
function loginAddress(string $serviceId, string $customerId): string
{
    $call = curl_init(PANEL . '/api/trpc/sso.createCode');
    curl_setopt_array($call, [
        CURLOPT_POST => true,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 15,
        CURLOPT_HTTPHEADER => ['Authorization: Bearer ' . getenv('HYBLE_KEY'), 'Content-Type: application/json'],
        CURLOPT_POSTFIELDS => json_encode(['serviceId' => $serviceId, 'customerId' => $customerId]),
    ]);
    $answer = json_decode(curl_exec($call) ?: '{}', true);
    if (!isset($answer['result']['data']['url'])) {
        throw new RuntimeException($answer['error']['message'] ?? 'The panel did not answer.');
    }
    return $answer['result']['data']['url'];
}

// Behind your own sign-in: who the customer is and what is theirs comes from your session and database.
[$serviceId, $customerId] = ownService();
header('Location: ' . loginAddress($serviceId, $customerId), true, 303);`;
