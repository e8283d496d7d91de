'use strict';

// s3rver 3.7, with what S3 has and it lacks: it checks no SHA-256, knows no If-None-Match, neither lists nor aborts multipart uploads, and answers a PUT
// before the file is on disk. Arguments: folder of node packages, folder of data, bucket. Ends when its input does.
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { pipeline } = require('stream/promises');
const { Transform } = require('stream');

const [packages, data, bucket] = process.argv.slice(2);
const S3rver = require(path.join(packages, 's3rver'));
const S3Error = require(path.join(packages, 's3rver/lib/models/error'));
const Store = require(path.join(packages, 's3rver/lib/stores/filesystem'));

async function keep(content, file) {
  const md5 = crypto.createHash('md5');
  const sha256 = crypto.createHash('sha256');
  let size = 0;
  const meter = new Transform({
    transform(chunk, _, next) {
      md5.update(chunk);
      sha256.update(chunk);
      size += chunk.length;
      next(null, chunk);
    },
  });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await pipeline(content, meter, fs.createWriteStream(`${file}.new`));
  const signed = content.headers && content.headers['x-amz-content-sha256'];
  if (/^[0-9a-f]{64}$/.test(signed || '') && signed !== sha256.digest('hex')) {
    fs.unlinkSync(`${file}.new`);
    throw Object.assign(new S3Error('XAmzContentSHA256Mismatch', 'What arrived is not what was signed.'), { status: 400 });
  }
  fs.renameSync(`${file}.new`, file);
  return { size, md5: md5.digest('hex') };
}

Store.prototype.putPart = async function (inBucket, upload, number, content) {
  const file = path.join(this.getResourcePath(inBucket, undefined, 'uploads'), upload, String(number));
  if (!fs.existsSync(path.dirname(file))) throw new S3Error('NoSuchUpload', 'There is no such upload.');
  const kept = await keep(content, file);
  fs.writeFileSync(`${file}.md5`, kept.md5);
  return kept;
};

Store.prototype.putObject = async function (object) {
  const kept = await keep(object.content, this.getResourcePath(object.bucket, object.key, 'object'));
  await this.putMetadata(object.bucket, object.key, object.metadata, kept.md5);
  return kept;
};

const uploadsOf = (inBucket) => path.join(data, inBucket, '._S3rver_uploads');

const complete = Store.prototype.putObjectMultipart;
Store.prototype.putObjectMultipart = function (inBucket, upload, parts) {
  if (!fs.existsSync(path.join(uploadsOf(inBucket), upload))) throw new S3Error('NoSuchUpload', 'There is no such upload.');
  return complete.call(this, inBucket, upload, parts);
};

function answer(ctx, status, body) {
  ctx.status = status;
  ctx.type = 'application/xml';
  ctx.body = body;
}

function listUploads(ctx, inBucket) {
  const folder = uploadsOf(inBucket);
  const uploads = (fs.existsSync(folder) ? fs.readdirSync(folder) : []).map((id) => {
    const key = fs.readFileSync(path.join(folder, id, 'key'), 'utf8');
    const at = fs.statSync(path.join(folder, id)).birthtime.toISOString();
    return `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${at}</Initiated></Upload>`;
  });
  answer(ctx, 200, `<ListMultipartUploadsResult><Bucket>${inBucket}</Bucket><IsTruncated>false</IsTruncated>${uploads.join('')}</ListMultipartUploadsResult>`);
}

function abort(ctx, inBucket, upload) {
  const folder = path.join(uploadsOf(inBucket), path.basename(upload));
  if (!fs.existsSync(folder)) return answer(ctx, 404, '<Error><Code>NoSuchUpload</Code></Error>');
  fs.rmSync(folder, { recursive: true });
  ctx.status = 204;
}

const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: data, configureBuckets: [{ name: bucket }] });
server.middleware.unshift(async (ctx, next) => {
  const [, inBucket, ...rest] = ctx.path.split('/');
  const key = decodeURIComponent(rest.join('/'));
  if (ctx.method === 'GET' && !key && 'uploads' in ctx.query) return listUploads(ctx, inBucket);
  if (ctx.method === 'DELETE' && ctx.query.uploadId) return abort(ctx, inBucket, ctx.query.uploadId);
  const writes = ctx.method === 'PUT' ? !ctx.query.uploadId : ctx.method === 'POST' && ctx.query.uploadId;
  if (writes && ctx.get('if-none-match') === '*' && (await server.store.existsObject(inBucket, key))) {
    return answer(ctx, 412, '<Error><Code>PreconditionFailed</Code></Error>');
  }
  return next();
});

process.stdin.resume().on('end', () => process.exit());
server.run().then(({ port }) => console.log(`listens on http://127.0.0.1:${port}`));
