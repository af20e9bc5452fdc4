"""As `startproject` writes them, without the pages: admin, messages and templates would only make every request slower."""
import os
import secrets

SECRET_KEY = secrets.token_hex()
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "peer.urls"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "rest_framework", "rest_framework.authtoken", "peer"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
if "PEER_POSTGRES" in os.environ:
    database = {"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "PORT": os.environ["PEER_POSTGRES_PORT"], "USER": "postgres", "NAME": os.environ["PEER_POSTGRES"]}
else:
    # Seconds to wait for the lock: like Convene's busy timeout.
    database = {"ENGINE": "peer.sqlite", "NAME": os.environ["PEER_SQLITE"], "OPTIONS": {"timeout": 10}}
# Django would connect anew for every request; nobody should lose a comparison by a default.
DATABASES = {"default": database | {"CONN_MAX_AGE": None}}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}
AUTH_USER_MODEL = "peer.User"
# The database is new each time: all tables are made at once (`migrate --run-syncdb`).
MIGRATION_MODULES = dict.fromkeys(["auth", "contenttypes", "sessions", "authtoken"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
