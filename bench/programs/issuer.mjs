// An issuer of one token, which it prints below its address.
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { listen } from './listen.mjs';

const { publicKey, privateKey } = await generateKeyPair('RS256');
const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', use: 'sig' }] });
const token = await new SignJWT({ scope: 'ivs:read' })
  .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
  .setIssuer('https://issuer.example/')
  .setAudience('bench')
  .setSubject('bench')
  .setExpirationTime('1h')
  .sign(privateKey);

listen((request, response) => response.end(request.url === '/token' ? token : keys));
