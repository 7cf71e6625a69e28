"""Serves moto, which checks policies for the actions that AWS checks them for: serve-moto.py -H HOST -p PORT

moto takes some requests for others (settings that it does not know for the making of the bucket), and the deletion of
many objects for something that is done to the bucket. What AWS asks for is in its list of actions for Amazon S3.
"""

import sys
from urllib.parse import unquote

import xmltodict
from moto.s3.responses import ACTION_MAP, S3Response
from moto.server import main

BUCKET = ACTION_MAP["BUCKET"]
BUCKET["HEAD"]["DEFAULT"] = "ListBucket"
BUCKET["GET"]["encryption"] = "GetEncryptionConfiguration"
BUCKET["GET"]["publicAccessBlock"] = "GetBucketPublicAccessBlock"
BUCKET["PUT"]["encryption"] = "PutEncryptionConfiguration"
BUCKET["PUT"]["publicAccessBlock"] = "PutBucketPublicAccessBlock"
BUCKET["DELETE"]["encryption"] = "PutEncryptionConfiguration"
BUCKET["DELETE"]["publicAccessBlock"] = "PutBucketPublicAccessBlock"

authorize = S3Response._authenticate_and_authorize_s3_action


def deleted_objects(response):
    found = xmltodict.parse(response.body)["Delete"].get("Object", [])
    return found if isinstance(found, list) else [found]


def authorize_as_aws(self, bucket_name=None, key_name=None):
    action = self.data.get("Action")
    if action == "DeleteObject" and key_name is None:
        for found in deleted_objects(self):
            self.data["Action"] = "DeleteObjectVersion" if found.get("VersionId") else action
            authorize(self, bucket_name=bucket_name, key_name=found["Key"])
        return
    authorize(self, bucket_name=bucket_name, key_name=key_name)
    source = self.headers.get("x-amz-copy-source")
    if action == "PutObject" and source:
        bucket, key = unquote(source).lstrip("/").split("/", 1)
        self.data["Action"] = "GetObject"
        authorize(self, bucket_name=bucket, key_name=key)
        self.data["Action"] = action


S3Response._authenticate_and_authorize_s3_action = authorize_as_aws

sys.exit(main())
