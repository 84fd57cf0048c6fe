// A provider of single sign-on on the loopback address. Arguments: its port, and where Synapse takes users back.
// Whoever logs in as 4711 has the sub 4711 and wants to be called alexander; there are no passwords.
import Provider from 'oidc-provider';

const [port, callback] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'synapse',
      client_secret: 'of-no-use-outside-this-test',
      redirect_uris: [callback],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  ],
  claims: { openid: ['sub'], profile: ['preferred_username'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['of-no-use-outside-this-test'] },
  features: { devInteractions: { enabled: true } },
  pkce: { required: () => false },
  findAccount: (context, sub) => ({
    accountId: sub,
    claims: () => ({ sub, preferred_username: 'alexander' }),
  }),
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
